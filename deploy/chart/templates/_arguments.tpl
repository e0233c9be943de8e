{{/* The controller's command line, as a YAML list. */}}
{{- define "waxseal.arguments" -}}
{{- $values := .Values -}}
- --listen-addr=:{{ $values.containerPorts.http }}
- --listen-metrics-addr=:{{ $values.containerPorts.metrics }}
- --key-prefix={{ $values.secretName }}
- --update-status={{ $values.updateStatus }}
- --serve-verify={{ $values.serveVerify }}
- --serve-rotate={{ $values.serveRotate }}
{{- if include "waxseal.namespaced" . }}
- --all-namespaces=false
{{- end }}
{{- with $values.additionalNamespaces }}
- --additional-namespaces={{ join "," . }}
{{- end }}
{{- with include "waxseal.pairs" $values.privateKeyAnnotations }}
- {{ printf "--privatekey-annotations=%s" . | quote }}
{{- end }}
{{- with include "waxseal.pairs" $values.privateKeyLabels }}
- {{ printf "--privatekey-labels=%s" . | quote }}
{{- end }}
{{- range $flag, $value := dict
  "key-renew-period" $values.keyrenewperiod
  "key-ttl" $values.keyttl
  "key-cutoff-time" $values.keycutofftime
  "key-size" $values.keySize
  "key-order-priority" $values.keyOrderPriority
  "rate-limit" $values.rateLimit
  "rate-limit-burst" $values.rateLimitBurst
  "kubeclient-qps" $values.kubeClientQPS
  "kubeclient-burst" $values.kubeClientBurst
  "max-unseal-retries" $values.maxRetries
  "log-format" $values.logFormat
  "log-level" $values.logLevel
  "log-info-stdout" $values.logInfoStdout
  "drift" $values.drift
  "label-selector" $values.labelSelector
}}
{{- if ne (toString $value) "" }}
- {{ printf "--%s=%s" $flag (toString $value) | quote }}
{{- end }}
{{- end }}
{{- range $flag, $on := dict
  "allow-service-account-tokens" $values.allowServiceAccountTokens
  "metrics-omit-secret-labels" $values.metrics.omitSecretLabels
  "old-gc-behavior" $values.oldGcBehavior
  "skip-recreate" $values.skipRecreate
  "watch-for-secrets" $values.watchForSecrets
}}
{{- if $on }}
- --{{ $flag }}
{{- end }}
{{- end }}
{{- range $values.extraArgs }}
- {{ tpl . $ | quote }}
{{- end }}
{{- end -}}
