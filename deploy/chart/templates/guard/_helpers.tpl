{{/* Whether the cluster has admission policies; `helm template` takes it from --kube-version. */}}
{{- define "waxseal.guard.supported" -}}
{{- if and .Values.guard.enabled (semverCompare ">=1.30.0-0" .Capabilities.KubeVersion.Version) }}true{{ end -}}
{{- end -}}

{{/* Cluster-wide objects of several installations, each for namespaces of its own, must not share a name. */}}
{{- define "waxseal.guard.name" -}}
{{- if include "waxseal.namespaced" . }}{{ include "waxseal.namespace" . }}-{{ end }}{{ include "waxseal.fullname" . }}
{{- end -}}

{{/* The namespaces that a policy looks at. */}}
{{- define "waxseal.guard.namespaceSelector" -}}
matchExpressions:
  - key: kubernetes.io/metadata.name
    operator: NotIn
    values: {{- append .Values.guard.excludedNamespaces (include "waxseal.namespace" .) | uniq | toYaml | nindent 6 }}
  {{- if include "waxseal.namespaced" . }}
  - key: kubernetes.io/metadata.name
    operator: In
    values: {{- (include "waxseal.watchedNamespaces" . | fromJson).namespaces | toYaml | nindent 6 }}
  {{- end }}
  - key: {{ .Values.guard.namespaceLabel }}
    operator: NotIn
    values: ["off"]
{{- end -}}

{{/* What binds a policy of the same name: (dict "root" $ "name" NAME "actions" LIST). */}}
{{- define "waxseal.guard.binding" -}}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: {{ .name }}
  {{- include "waxseal.metadata" (dict "root" .root) | nindent 2 }}
spec:
  policyName: {{ .name }}
  validationActions: {{- toYaml .actions | nindent 4 }}
{{- end -}}
