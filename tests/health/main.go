// Command health says what GitOps engines think of Kubernetes objects, with the engines' own code: Flux by kstatus, as its
// controllers compile it, and Argo CD by the Lua script that it ships for the object's kind.
//
// It reads JSON objects from stdin, one after the other, and prints a line of JSON for each.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"

	"github.com/argoproj/argo-cd/v3/resource_customizations"
	"github.com/fluxcd/cli-utils/pkg/kstatus/status"
	lua "github.com/yuin/gopher-lua"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

type verdict struct {
	Flux        string `json:"flux"`
	FluxMessage string `json:"fluxMessage"`
	Argo        string `json:"argo"`
	ArgoMessage string `json:"argoMessage"`
}

func main() {
	in, out := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var text json.RawMessage
		err := in.Decode(&text)
		if errors.Is(err, io.EOF) {
			return
		}
		if err == nil {
			err = judge(text, out)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "health:", err)
			os.Exit(1)
		}
	}
}

func judge(text []byte, out *json.Encoder) error {
	object := &unstructured.Unstructured{}
	// As clients do it: whole numbers stay whole.
	if err := object.UnmarshalJSON(text); err != nil {
		return err
	}
	flux, err := status.Compute(object)
	if err != nil {
		return err
	}
	argo, message, err := argoHealth(object)
	if err != nil {
		return err
	}
	return out.Encode(verdict{Flux: string(flux.Status), FluxMessage: flux.Message, Argo: argo, ArgoMessage: message})
}

// argoHealth runs the script as Argo CD does: with the base and table libraries, and the object as `obj`.
func argoHealth(object *unstructured.Unstructured) (string, string, error) {
	kind := object.GroupVersionKind()
	script, err := resource_customizations.Embedded.ReadFile(path.Join(kind.Group, kind.Kind, "health.lua"))
	if err != nil {
		return "", "", err
	}
	state := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer state.Close()
	for name, open := range map[string]lua.LGFunction{
		lua.LoadLibName: lua.OpenPackage, lua.BaseLibName: lua.OpenBase, lua.TabLibName: lua.OpenTable,
	} {
		if err := state.CallByParam(lua.P{Fn: state.NewFunction(open), Protect: true}, lua.LString(name)); err != nil {
			return "", "", err
		}
	}
	state.SetGlobal("obj", toLua(state, object.Object))
	if err := state.DoString(string(script)); err != nil {
		return "", "", err
	}
	result, ok := state.Get(-1).(*lua.LTable)
	if !ok {
		return "", "", errors.New("the script returned no table")
	}
	text := func(field string) string {
		if value := result.RawGetString(field); value != lua.LNil {
			return value.String()
		}
		return ""
	}
	return text("status"), text("message"), nil
}

func toLua(state *lua.LState, value any) lua.LValue {
	switch value := value.(type) {
	case bool:
		return lua.LBool(value)
	case int64:
		return lua.LNumber(value)
	case float64:
		return lua.LNumber(value)
	case string:
		return lua.LString(value)
	case []any:
		list := state.CreateTable(len(value), 0)
		for _, item := range value {
			list.Append(toLua(state, item))
		}
		return list
	case map[string]any:
		table := state.CreateTable(0, len(value))
		for key, item := range value {
			table.RawSetH(lua.LString(key), toLua(state, item))
		}
		return table
	default:
		return lua.LNil
	}
}
