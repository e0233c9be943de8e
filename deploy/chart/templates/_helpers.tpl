{{- define "waxseal.name" -}}
{{- default "sealed-secrets" .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* The base of all names; as long as a label may be. */}}
{{- define "waxseal.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else if contains (include "waxseal.name" .) .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "waxseal.name" .) | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "waxseal.namespace" -}}
{{- default .Release.Namespace .Values.namespace -}}
{{- end -}}

{{- define "waxseal.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "waxseal.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- required "serviceAccount.create is false: say in serviceAccount.name which one to use" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* What a selector selects by. It must never change: the selector of a Deployment cannot. */}}
{{- define "waxseal.matchLabels" -}}
app.kubernetes.io/name: {{ include "waxseal.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{/*
The labels and annotations of one object: (dict "root" $ "labels" … "annotations" …), the last two optional.
Helm adds app.kubernetes.io/managed-by by itself, and only where it does manage.
*/}}
{{- define "waxseal.metadata" -}}
{{- $root := .root -}}
{{- $labels := dict "app.kubernetes.io/version" $root.Chart.AppVersion "app.kubernetes.io/part-of" "waxseal" -}}
{{- $labels = merge (dict) (.labels | default dict) ($root.Values.commonLabels | default dict) (include "waxseal.matchLabels" $root | fromYaml) $labels -}}
{{- $annotations := merge (dict) (.annotations | default dict) ($root.Values.commonAnnotations | default dict) -}}
labels: {{- tpl (toYaml $labels) $root | nindent 2 }}
{{- with $annotations }}
annotations: {{- tpl (toYaml .) $root | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "waxseal.image" -}}
{{- $image := .Values.image -}}
{{- if contains "sealed-secrets-controller" $image.repository -}}
{{- fail (printf "image.repository is %s, the original's controller: take the image values of the original chart out of your values" $image.repository) -}}
{{- end -}}
{{- with $image.registry }}{{ trimSuffix "/" . }}/{{ end -}}
{{- $image.repository -}}
{{- if $image.digest }}@{{ $image.digest }}{{ else }}:{{ default .Chart.AppVersion $image.tag }}{{ end -}}
{{- end -}}

{{/* Whether all rights end at a list of namespaces. */}}
{{- define "waxseal.namespaced" -}}
{{- if .Values.rbac.namespacedRoles }}true{{ end -}}
{{- end -}}

{{/* The namespaces of namespaced mode, as a JSON object with one list. */}}
{{- define "waxseal.watchedNamespaces" -}}
{{- dict "namespaces" (prepend .Values.additionalNamespaces (include "waxseal.namespace" .) | uniq) | toJson -}}
{{- end -}}

{{/* k=v,k=v in the order of the keys. */}}
{{- define "waxseal.pairs" -}}
{{- $pairs := list -}}
{{- range $key, $value := . -}}
{{- $pairs = append $pairs (printf "%s=%s" $key $value) -}}
{{- end -}}
{{- join "," $pairs -}}
{{- end -}}

{{/* A subject for the controller's service account. */}}
{{- define "waxseal.subject" -}}
kind: ServiceAccount
name: {{ include "waxseal.serviceAccountName" . }}
namespace: {{ include "waxseal.namespace" . }}
{{- end -}}
