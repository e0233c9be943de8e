// Command gotemplate renders a corpus of templates with Go's own text/template and sprig, the way Bitnami Sealed
// Secrets does, and writes what comes out: the golden files that the Rust engine is held to.
//
//	go run . CORPUS GOLDEN
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/template"
	_ "time/tzdata"
	"unicode/utf8"

	"github.com/Masterminds/sprig/v3"
)

// result is what a template gives: text, bytes that are no text, or an error.
type result struct {
	Out   *string `json:"out,omitempty"`
	Bytes string  `json:"bytes,omitempty"`
	Error bool    `json:"error,omitempty"`
}

type testCase struct {
	name, data, source string
}

func main() {
	if len(os.Args) != 3 {
		fail(fmt.Errorf("usage: gotemplate CORPUS GOLDEN"))
	}
	// As in a container, which has no /etc/localtime.
	if err := os.Setenv("TZ", "UTC"); err != nil {
		fail(err)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func run(corpus, golden string) error {
	data, err := readData(filepath.Join(corpus, "data.json"))
	if err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(corpus, "*.txt"))
	if err != nil {
		return err
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		cases, err := parseCases(string(source))
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		results := map[string]result{}
		for _, c := range cases {
			set, ok := data[c.data]
			if !ok {
				return fmt.Errorf("%s: %s: no data set %q", file, c.name, c.data)
			}
			if _, ok := results[c.name]; ok {
				return fmt.Errorf("%s: %s: twice", file, c.name)
			}
			results[c.name] = render(c, set)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".txt") + ".json"
		if err := write(filepath.Join(golden, name), results); err != nil {
			return err
		}
	}
	return write(filepath.Join(golden, "functions.json"), slices.Sorted(maps.Keys(functions())))
}

// functions is what Bitnami Sealed Secrets gives to templates beside the functions of text/template itself.
func functions() template.FuncMap {
	functions := sprig.GenericFuncMap()
	delete(functions, "env")
	delete(functions, "expandenv")
	delete(functions, "getHostByName")
	return functions
}

func write(file string, value any) error {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(value); err != nil {
		return err
	}
	return os.WriteFile(file, out.Bytes(), 0o644)
}

// readData reads the data sets: objects of strings. A key "b64:x" gives the key "x" bytes in base64.
func readData(file string) (map[string]map[string]string, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	sets := map[string]map[string]string{}
	if err := json.Unmarshal(raw, &sets); err != nil {
		return nil, err
	}
	for _, set := range sets {
		for key, value := range set {
			name, ok := strings.CutPrefix(key, "b64:")
			if !ok {
				continue
			}
			decoded, err := base64.StdEncoding.DecodeString(value)
			if err != nil {
				return nil, err
			}
			delete(set, key)
			set[name] = string(decoded)
		}
	}
	return sets, nil
}

// parseCases takes a corpus file apart. "=== lines NAME [DATA]" begins a block of which each line is a template,
// "=== file NAME [DATA]" one that is a template as a whole. What stands before the first block is a comment.
func parseCases(source string) ([]testCase, error) {
	var cases []testCase
	blocks := strings.Split("\n"+source, "\n=== ")
	for _, block := range blocks[1:] {
		header, body, _ := strings.Cut(block, "\n")
		words := strings.Fields(header)
		if len(words) == 2 {
			words = append(words, "plain")
		}
		if len(words) != 3 {
			return nil, fmt.Errorf("bad header %q", header)
		}
		switch words[0] {
		case "file":
			cases = append(cases, testCase{words[1], words[2], body})
		case "lines":
			for i, line := range strings.Split(body, "\n") {
				if line != "" {
					cases = append(cases, testCase{fmt.Sprintf("%s/%02d", words[1], i+1), words[2], line})
				}
			}
		default:
			return nil, fmt.Errorf("bad header %q", header)
		}
	}
	return cases, nil
}

func render(c testCase, data map[string]string) result {
	tmpl, err := template.New(c.name).Funcs(functions()).Parse(c.source)
	if err != nil {
		return result{Error: true}
	}
	// Functions may change what they are given; each case gets its own copy.
	set := make(map[string]string, len(data))
	for key, value := range data {
		set[key] = value
	}
	var out bytes.Buffer
	if err := tmpl.Execute(&out, set); err != nil {
		return result{Error: true}
	}
	if !utf8.Valid(out.Bytes()) {
		return result{Bytes: base64.StdEncoding.EncodeToString(out.Bytes())}
	}
	text := out.String()
	return result{Out: &text}
}
