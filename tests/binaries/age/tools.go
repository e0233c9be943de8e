//go:build tools

// Package tools pins the age-keygen that the tests of the documentation run.
package tools

import _ "filippo.io/age/cmd/age-keygen"
