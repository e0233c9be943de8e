// Writes what sigs.k8s.io/yaml, which kubectl and kubeseal read and print with, makes of many texts and strings:
// `go run .` in this directory renews reading.json and printing.json.
package main

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"

	"sigs.k8s.io/yaml"
)

type reading struct {
	YAML string          `json:"yaml"`
	JSON json.RawMessage `json:"json,omitempty"`
	// The text is refused. Duplicate keys are, as in strict mode.
	Refused bool `json:"refused,omitempty"`
}

type printing struct {
	Value json.RawMessage `json:"value"`
	YAML  string          `json:"yaml"`
	JSON  string          `json:"json"`
}

var scalars = []string{
	"", "~", "null", "Null", "NULL", "nUll", "yes", "Yes", "YES", "yEs", "no", "on", "off", "On", "OFF", "y", "n", "Y", "N", "true", "True", "tRue", "false",
	"0", "-0", "+0", "00", "012", "0123", "08", "09.5", "0o17", "0O17", "0x1F", "0XfF", "0xg", "0x", "0b101", "0B1", "0b2", "0b-1", "0b+1", "-0b11", "-0x1f", "+0x1f",
	"1_000", "1__0", "_1", "1_", "0x_1", "0b1_0", "1_000.5", "1e3", "1E3", "1e+3", "1e-3", "1.5e300", "1e999", "-1e999", "1.", ".5", "-.5", "+.5", ".", "..", ".5e3", ".e3", "1e", "1.2.3", "1,000",
	"9223372036854775807", "9223372036854775808", "18446744073709551615", "18446744073709551616", "-9223372036854775808", "-9223372036854775809", "+18446744073709551615",
	"123456789012345678901234567890", "3.14159265358979", "0.1", "100000000000000000000000.0", "1e21", "1e20", "1e-7", "0.000001", "1.0", "-0.0", "12e03", "1:20", "190:20:30", "190:20:30.15",
	"2024-01-01", "2024-1-1", "2024-13-01", "2024-01-01T10:20:30Z", "2024-01-01 10:20:30", "2001-12-14t21:59:43.10-05:00", "2024-01-01T10:20:30",
	"=", "<<", "-", "--", "---x", "a", "a b", "a#b", "a #c", "!str", "a,b", "a]", "k8s", "1a", "0.0.0.0", "1.2.3.4/24", "v1.0", "é", "日本", "🔑", "infinity", "inf", "nan", "NaN", "0_", "+", "+1", "-1", "1 2", "1e3 x",
	"!!str 12", "!!str null", "!!str yes", "!!int 12", "!!int \"12\"", "!!int x", "!!int 1.5", "!!float 1", "!!float 1.5", "!!float x", "!!bool yes", "!!bool x", "!!null ''", "!!null x", "!!binary aGVsbG8=", "!!binary \"aGVs\\nbG8=\"", "!!binary x",
	"!!timestamp 2024-01-01", "!!timestamp x", "!custom 12", "!custom x", "! 12", "! \"12\"", "!!unknown 12", "!<tag:yaml.org,2002:str> 12",
	"\"yes\"", "'yes'", "\"a\\tb\"", "\"\\x41\\u00e9\\U0001F511\"", "\"\\uD83D\\uDD11\"", "'it''s'", "\"\\/\"", "\"a\\\n  b\"", "\"a\n\n  b\"", "'a\n  b'", "a\n  b", "a\n\n  b",
	"|\n  a\n  b\n", "|-\n  a\n  b\n", "|+\n  a\n\n", ">\n  a\n  b\n", ">-\n  a\n\n  b\n", ">\n  a\n   b\n  c\n", "|2\n    a\n", "|\n  a", "|\n  a\n\n\n", ">+\n  a\n\n", "|\n\n  a\n", "| # comment\n  a\n", "|\n  # no comment\n",
	"[a, b]", "[a, [b, c], ]", "[]", "{}", "{a: b}", "{a: , b: }", "{a, b: c}", "{\"a\":1}", "[a: b]", "[1, yes, ~, 0x10]", "{a: [x, {y: z}]}", "[a,\n  b]", "[a # c\n  , b]",
}

var documents = []string{
	"", "# only a comment\n", "---\n", "--- # c\na: 1\n", "a: 1\n...\n", "%YAML 1.1\n---\na: yes\n", "%TAG !e! tag:yaml.org,2002:\n---\na: !e!str 12\n",
	"1: a\n", "yes: a\n", "1.5: a\n", "1e6: a\n", "1.0: a\n", "3.141592653589: a\n", "0x10: a\n", "~: a\n", "? a\n: b\n", "? [a]\n: b\n", "? {a: b}\n: c\n", "2024-01-01: a\n", "!!str 1: a\n", "!!binary aGk=: a\n", "18446744073709551615: a\n", "? |\n  long\n: b\n", "a: &x 1\n*x : b\n",
	"a: 1\na: 2\n", "a: {b: 1, b: 2}\n", "a: 1\n\"a\": 2\n",
	"x: &a {p: 1}\ny: *a\n", "x: &a [1, *b]\n", "x: *nope\n", "x: &a 1\ny: &a 2\nz: *a\n", "x: &a [*a]\n", "x: &a {b: *a}\n", "&r a: 1\nb: *r\n", "x: &a\ny: *a\n", "x: &a !!str 1\ny: *a\n", "x: !!str &a 1\ny: *a\n",
	"b: &b {p: 1, q: 2}\nc:\n  <<: *b\n  q: 3\n", "b: &b {p: 1, q: 2}\nc:\n  q: 3\n  <<: *b\n", "b: &b {p: 1}\nd: &d {p: 2, r: 3}\nc:\n  <<: [*b, *d]\n", "b: &b {p: 1}\nd: &d {p: 2, r: 3}\nc:\n  <<: [*d, *b]\n  s: 4\n", "c:\n  <<: {p: 1}\n", "c:\n  <<: 1\n", "c:\n  <<: [1]\n", "b: &b [ {p: 1} ]\nc:\n  <<: *b\n", "c:\n  \"<<\": 1\n", "c:\n  !!merge <<: {p: 1}\n", "b: &b {p: 1}\nc:\n  <<: *b\n  <<: {p: 2}\n", "a: <<\n", "b: &b {p: {x: 1}}\nc: {<<: *b, p: {y: 2}}\n",
	"a:\n- b\n- c\n", "a:\n  - b\n  - - c\n    - d\n", "- a: 1\n  b: 2\n- c\n", "-\n  a: 1\n-\n- b\n", "a:\n\n  b: 1\n\n\n  c: 2\n", "a:   b   # c\n", "a: b#c\n", "'a': 1\n\"b\" : 2\n", "a: 'x'\t# c\n", "a:\tb\n", "a: b\r\nc: |\r\n  d\r\n  e\r\n", "a: \"x\r\n  y\"\r\n", "\ufeffa: 1\n", "a: b: c\n", "a: [b\n", "a: {b\n", "a: 'b\n", "\ta: 1\n", "a:\n\tb: 1\n", "a:\n  - b\n c: 1\n", "a: |\n b\n  c\n d\n", "a: @b\n", "a: `b\n", "a: %b\n", "%b: 1\n", "a: b\nc\n", "a\nb: c\n", "- a\nb: c\n", "{{ .Values }}\n", "{{ .Values.x }}: 1\n", "a: {{ .Values.x }}\n", "a: \"{{ .Values.x }}\"\n", "{\"a\": 1, \"b\": [true, null, 1.5, \"x\\u00e9\"]}\n", "{\"a\": 1, \"a\": 2}\n", "[1, 2]\n", "\"text\"\n", "12\n", "a: \"\\ud800\"\n", "a: \"\\q\"\n", "a: !\n", "a: &x\n", "a: *\n", "a: !!int\n", "a: 1.10\nb: 010\nc: 1e2\n", "? a\n? b\n", "a: ? b\n", "key with spaces: v\n", "a:b: c\n", "url: http://x:80/y\n", "a: -1\nb: - 1\n", "a: >\n\n  x\n\n   y\n\n  z\n\n", "a: >-\n  x\n  \ty\n  z\n", "a: 'x\n\n  y'\n", "a: \"x \\\n   y\"\n", "a: x\u00a0y\n", "a: |\n  x", "a: >\n  x", "a: |+\n  x", "a: |-\n  x", "a: |\n  x\n\n    ", "a: x", "a:\n  b: c", "", "a: \"\\N\\_\\L\\P\\e\\0\"\n",
}

func main() {
	var readings []reading
	for _, s := range scalars {
		readings = append(readings, read("v: "+s+"\n"))
	}
	for _, d := range documents {
		readings = append(readings, read(d))
	}
	write("reading.json", readings)

	var printings []printing
	for _, v := range values() {
		printings = append(printings, print(v))
	}
	write("printing.json", printings)
}

func read(text string) reading {
	// As the reader of k8s.io/apimachinery does, which kubectl and kubeseal read files through.
	terminated := text
	if !strings.HasSuffix(text, "\n") {
		terminated += "\n"
	}
	out, err := yaml.YAMLToJSON([]byte(terminated))
	if err != nil {
		return reading{YAML: text, Refused: true}
	}
	return reading{YAML: text, JSON: out}
}

func print(value any) printing {
	asJSON := must(json.Marshal(value))
	var indented bytes.Buffer
	if err := json.Indent(&indented, asJSON, "", "  "); err != nil {
		panic(err)
	}
	return printing{Value: asJSON, YAML: string(must(yaml.JSONToYAML(asJSON))), JSON: indented.String() + "\n"}
}

func values() []any {
	var all []any
	for _, s := range append(scalars, texts...) {
		all = append(all, map[string]any{"v": s})
		all = append(all, map[string]any{"v": []any{s, map[string]any{"w": s}}})
		all = append(all, map[string]any{s: 1})
	}
	for _, n := range []any{0, -1, 1.5, 1e3, 1e21, 1e20, 1e-7, 123456.5, 1234567.5, uint64(12345678901234567890), -0.0001, 0.00001234, 100000, 1000000, 3e5, 0.1} {
		all = append(all, map[string]any{"v": n})
	}
	for _, j := range structures {
		all = append(all, json.RawMessage(j))
	}
	return all
}

var texts = []string{
	" a", "a ", "a: b", "a:", ":a", ": a", "a #b", "#a", "a\n", "a\n\n", "\n", "\n\n", "\na", "a\nb", "a\nb\n", " a\nb\n", "a \nb", "a\n b\n", "a\n\nb\n", "  \n", "a\n ", "a\tb", "\ta", "a\t\nb\n", "\tx\ny\n",
	"- a", "-a", "--- a", "...", "? a", "?a", "[a", "]a", "{a", "}", "a, b", "&a", "*a", "!a", "|a", ">a", "'a", "\"a", "%a", "@a", "`a", "it's", "say \"x\"", "back\\slash", "a'b\"c",
	"\u0001", "a\u0007b", "\u001b[0m", "\u00a0", "a\u2028b", "\u00e9\n\u00e9", "\U0001F511", "\U0001F511\n", "a\rb", "a\r\nb", "<a&b>", "null\n", "true\n", "12\n",
	"aGVsbG8gd29ybGQ=", "the quick brown fox jumps over the lazy dog and then some more words to be well over eighty columns in one line",
	"key: \"the quick brown fox jumps over the lazy dog and then some more words\" that is quoted 'both' ways and is long",
	"AgBghj7K2Ul8cAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/+AAAA==",
	"a long string with trailing space and more than eighty columns, so that it would be folded if it could be folded ",
	"two  spaces  in  a  row  in  a  string  that  is  longer  than  eighty  columns  and  so  is  a  candidate  for  folding  now",
	"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", "{{ .Values.x }}", "{{- if .a }}\nx: {{ .a }}\n{{- end }}\n", "key=value\nother = 'x'\n",
	"a_key_that_is_far_longer_than_one_hundred_and_twenty_eight_characters_which_is_the_limit_of_simple_keys_in_libyaml_so_that_it_becomes_complex",
	"# comment\nkey: value\n", "    indented\nnot\n", "a\n#b\n", "y\n", "1\n2", "::", "a::b", "a: ", "- ", "-", "?", "? ", "tr\u00fce", "0.1.2", "1e", "0xZZ", "08", "+1", "1 ", "0b12", "012345678", "1__2", ".5.", "~a", "nulll", "\u65e5\u672c\u8a9e \u306e \u6587",
}

var structures = []string{
	`{}`, `[]`, `{"a":{}}`, `{"a":[]}`, `{"a":[[],{}]}`, `{"a":[[1,2],[3]]}`, `{"a":[{"b":1,"c":[2]},{"d":{"e":3}}]}`, `{"a":null,"b":true,"c":false}`, `[1,"a",null]`, `"text"`, `12`, `null`, `["a\nb"]`,
	`{"b10":1,"b9":2,"b1":3,"B":4,"a":5,"a-b":6,"a.b":7,"a_b":8,"ab":9,"a1b":10,"a01":11,"a1":12,"":13,"1":14,"10":15,"9":16,"_":17,"true":18,"é":19,"a/b":20,"a b":21}`,
	`{"a001":3,"a10":4,"a010":5,"x100":6,"x20":7,"x-1":8,"x1":9,"x":10,"0":11,"00":12,"a0":13,"a00":14}`,
	`{"apiVersion":"bitnami.com/v1alpha1","kind":"SealedSecret","metadata":{"annotations":{"sealedsecrets.bitnami.com/cluster-wide":"true"},"creationTimestamp":null,"name":"x","namespace":"y"},"spec":{"encryptedData":{"password":"AgBy+/=="},"template":{"metadata":{"creationTimestamp":null,"labels":{"a":"1"},"name":"x"},"data":{"config.yaml":"a: {{ .password }}\nb: \"x\"\n"},"type":"Opaque","immutable":true}}}`,
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func write(path string, value any) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(value); err != nil {
		panic(err)
	}
	if err := os.WriteFile(path, text.Bytes(), 0o644); err != nil {
		panic(err)
	}
}
