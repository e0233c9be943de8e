//go:build tools

// Package tools pins the Kubernetes binaries that the end-to-end tests run.
//
// k8s.io/kubernetes requires its staging modules at v0.0.0, which do not exist
// outside its own tree: go.mod replaces each with the version of the same release.
package tools

import (
	_ "k8s.io/kubernetes/cmd/kube-apiserver"
	_ "k8s.io/kubernetes/cmd/kube-controller-manager"
	_ "k8s.io/kubernetes/cmd/kubectl"
)
