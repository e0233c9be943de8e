{{/* The rules of one right each: `include "waxseal.rules.NAME" $`, a YAML list. */}}

{{- define "waxseal.rules.sealedsecrets" -}}
- apiGroups: [bitnami.com]
  resources: [sealedsecrets]
  verbs: [get, list, watch]
{{- end -}}

{{- define "waxseal.rules.status" -}}
- apiGroups: [bitnami.com]
  resources: [sealedsecrets/status]
  verbs: [update]
{{- end -}}

{{/* List and watch ask for metadata only, which RBAC cannot tell from the whole. */}}
{{- define "waxseal.rules.secrets" -}}
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, {{ if not .Values.skipRecreate }}list, watch, {{ end }}create, patch{{ if .Values.oldGcBehavior }}, delete{{ end }}]
{{- end -}}

{{- define "waxseal.rules.events" -}}
- apiGroups: [""]
  resources: [events]
  verbs: [create]
{{- end -}}

{{- define "waxseal.rules.keys" -}}
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, list, watch, create, patch]
{{- end -}}

{{/* A right to create cannot be bound to a name, because the name is not known when it is checked. */}}
{{- define "waxseal.rules.leader" -}}
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  verbs: [create]
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  resourceNames: [waxseal-controller]
  verbs: [get, update]
{{- end -}}

{{- define "waxseal.rules.certificate" -}}
- apiGroups: [""]
  resources: [configmaps]
  verbs: [create]
- apiGroups: [""]
  resources: [configmaps]
  resourceNames: [waxseal-certificate]
  verbs: [get, patch]
{{- end -}}

{{- define "waxseal.rules.certificate-reader" -}}
- apiGroups: [""]
  resources: [configmaps]
  resourceNames: [waxseal-certificate]
  verbs: [get]
{{- end -}}

{{/* The names under which the API server's proxy knows the Service, as kubeseal, kubectl and waxseal ask for it. */}}
{{- define "waxseal.rules.service-proxier" -}}
{{- $name := include "waxseal.fullname" . -}}
- apiGroups: [""]
  resources: [services]
  resourceNames: [{{ $name }}]
  verbs: [get]
- apiGroups: [""]
  resources: [services/proxy]
  resourceNames:
    - {{ $name }}
    - "{{ $name }}:http"
    - "http:{{ $name }}:"
    - "http:{{ $name }}:http"
  verbs: [get{{ if or .Values.serveVerify .Values.serveRotate }}, create{{ end }}]
{{- end -}}

{{/*
A role and its binding: (dict "root" $ "right" NAME "kind" "Role" or "ClusterRole" "namespace" NAMESPACE "subjects"
YAML), where no subjects means no binding.
*/}}
{{- define "waxseal.role" -}}
{{- $root := .root -}}
{{- $name := printf "%s-%s" (include "waxseal.fullname" $root) .right -}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: {{ .kind }}
metadata:
  name: {{ $name }}
  {{- with .namespace }}
  namespace: {{ . }}
  {{- end }}
  {{- include "waxseal.metadata" (dict "root" $root "labels" $root.Values.rbac.labels) | nindent 2 }}
rules: {{- include (printf "waxseal.rules.%s" .right) $root | nindent 2 }}
{{- if .subjects }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: {{ .kind }}Binding
metadata:
  name: {{ $name }}
  {{- with .namespace }}
  namespace: {{ . }}
  {{- end }}
  {{- include "waxseal.metadata" (dict "root" $root "labels" $root.Values.rbac.labels) | nindent 2 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: {{ .kind }}
  name: {{ $name }}
subjects: {{- .subjects | nindent 2 }}
{{- end }}
{{- end -}}
