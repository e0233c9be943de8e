//go:build tools

// Package tools pins the original Sealed Secrets, the peer of the interoperation tests.
package tools

import (
	_ "github.com/bitnami-labs/sealed-secrets/cmd/controller"
	_ "github.com/bitnami-labs/sealed-secrets/cmd/kubeseal"
)
