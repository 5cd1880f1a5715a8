{{- define "vedette.fullname" -}}
{{- if contains "vedette" .Release.Name }}{{ .Release.Name | trunc 48 | trimSuffix "-" }}{{ else }}{{ printf "%s-vedette" .Release.Name | trunc 48 | trimSuffix "-" }}{{ end }}
{{- end }}

{{/* list context component */}}
{{- define "vedette.selector" -}}
{{- $ := index . 0 -}}
app.kubernetes.io/name: vedette
app.kubernetes.io/instance: {{ $.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{- define "vedette.labels" -}}
{{- $ := index . 0 -}}
{{ include "vedette.selector" . }}
app.kubernetes.io/version: {{ $.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $.Release.Service }}
helm.sh/chart: {{ $.Chart.Name }}-{{ $.Chart.Version }}
{{- end }}

{{/* list context name */}}
{{- define "vedette.image" -}}
{{- $ := index . 0 -}}
{{- with $.Values.images.registry }}{{ . }}/{{ end }}vedette-{{ index . 1 }}:{{ $.Values.images.tag | default $.Chart.AppVersion }}
{{- end }}

{{/* What every pod has. */}}
{{- define "vedette.pod" -}}
serviceAccountName: {{ include "vedette.fullname" . }}
# nothing here talks to Kubernetes
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.images.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext:
  runAsNonRoot: true
  {{- with .Values.podSecurity.runAsUser }}
  runAsUser: {{ . }}
  runAsGroup: {{ . }}
  fsGroup: {{ . }}
  {{- end }}
  seccompProfile:
    type: RuntimeDefault
{{- end }}

{{/* What every container has: the restricted pod security standard, and a file system that nobody writes to. */}}
{{- define "vedette.security" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* list context component: a change of the settings starts the pods anew */}}
{{- define "vedette.checksums" -}}
{{- $ := index . 0 -}}
checksum/settings: {{ include (print $.Template.BasePath "/settings.yaml") $ | sha256sum }}
{{- end }}

{{/* startup: half an hour, for a migration (who cannot start ends by itself); liveness: only a new start helps; readiness: work may be sent to it */}}
{{- define "vedette.probes" -}}
startupProbe:
  httpGet: {path: /q/health/started, port: management}
  periodSeconds: 2
  failureThreshold: 900
livenessProbe:
  httpGet: {path: /q/health/live, port: management}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet: {path: /q/health/ready, port: management}
  periodSeconds: 5
  timeoutSeconds: 5
{{- end }}

{{- define "vedette.settings" -}}
- configMapRef:
    name: {{ include "vedette.fullname" . }}
{{- end }}

{{/* list name secret key */}}
{{- define "vedette.fromSecret" -}}
- name: {{ index . 0 }}
  valueFrom:
    secretKeyRef:
      name: {{ index . 1 }}
      key: {{ index . 2 }}
{{- end }}

{{- define "vedette.commonSecrets" -}}
{{- if hasPrefix "SASL_" .Values.kafka.securityProtocol }}
{{ include "vedette.fromSecret" (list "VEDETTE_KAFKA_SASL_USERNAME" .Values.kafka.sasl.existingSecret .Values.kafka.sasl.usernameKey) }}
{{ include "vedette.fromSecret" (list "VEDETTE_KAFKA_SASL_PASSWORD" .Values.kafka.sasl.existingSecret .Values.kafka.sasl.passwordKey) }}
{{- end }}
{{- with .Values.s3.existingSecret }}
{{ include "vedette.fromSecret" (list "VEDETTE_S3_ACCESS_KEY_ID" . $.Values.s3.accessKeyIdKey) }}
{{ include "vedette.fromSecret" (list "VEDETTE_S3_SECRET_ACCESS_KEY" . $.Values.s3.secretAccessKeyKey) }}
{{- end }}
{{- end }}

{{- define "vedette.postgresSecrets" -}}
{{ include "vedette.fromSecret" (list "VEDETTE_POSTGRES_USER" .Values.postgres.existingSecret .Values.postgres.usernameKey) }}
{{ include "vedette.fromSecret" (list "VEDETTE_POSTGRES_PASSWORD" .Values.postgres.existingSecret .Values.postgres.passwordKey) }}
{{- end }}

{{- define "vedette.inferenceSecret" -}}
{{ include "vedette.fromSecret" (list "VEDETTE_INFERENCE_SECRET" .Values.inference.secret.existingSecret .Values.inference.secret.key) }}
{{- end }}

{{/* Certificates are mounted for everyone, but Postgres's only where Postgres is used: list context usesPostgres */}}
{{- define "vedette.mounts" -}}
{{- $ := index . 0 -}}
- {name: tmp, mountPath: /tmp}
{{- if $.Values.kafka.tls.ca.existingSecret }}
- {name: kafka-ca, mountPath: /etc/vedette/kafka-ca, readOnly: true}
{{- end }}
{{- if $.Values.kafka.tls.client.existingSecret }}
- {name: kafka-client, mountPath: /etc/vedette/kafka-client, readOnly: true}
{{- end }}
{{- if $.Values.s3.tls.ca.existingSecret }}
- {name: s3-ca, mountPath: /etc/vedette/s3-ca, readOnly: true}
{{- end }}
{{- if and (index . 1) $.Values.postgres.tls.ca.existingSecret }}
- {name: postgres-ca, mountPath: /etc/vedette/postgres-ca, readOnly: true}
{{- end }}
{{- end }}

{{/* list context usesPostgres scratch */}}
{{- define "vedette.volumes" -}}
{{- $ := index . 0 -}}
- name: tmp
  emptyDir: {sizeLimit: {{ index . 2 }}}
{{- with $.Values.kafka.tls.ca }}{{ if .existingSecret }}
- name: kafka-ca
  secret: {secretName: {{ .existingSecret }}, items: [{key: {{ .key }}, path: ca.crt}]}
{{- end }}{{ end }}
{{- with $.Values.kafka.tls.client }}{{ if .existingSecret }}
- name: kafka-client
  secret: {secretName: {{ .existingSecret }}, items: [{key: {{ .certificateKey }}, path: client.crt}, {key: {{ .keyKey }}, path: client.key}]}
{{- end }}{{ end }}
{{- with $.Values.s3.tls.ca }}{{ if .existingSecret }}
- name: s3-ca
  secret: {secretName: {{ .existingSecret }}, items: [{key: {{ .key }}, path: ca.crt}]}
{{- end }}{{ end }}
{{- if index . 1 }}{{ with $.Values.postgres.tls.ca }}{{ if .existingSecret }}
- name: postgres-ca
  secret: {secretName: {{ .existingSecret }}, items: [{key: {{ .key }}, path: ca.crt}]}
{{- end }}{{ end }}{{ end }}
{{- end }}

{{- define "vedette.postgresUrl" -}}
{{- with .Values.postgres -}}
jdbc:postgresql://{{ .host }}:{{ .port }}/{{ .database }}?sslmode={{ .tls.mode }}{{ if .tls.ca.existingSecret }}&sslrootcert=/etc/vedette/postgres-ca/ca.crt{{ end }}
{{- end -}}
{{- end }}

{{/* The port of a URL, or its scheme's: what a network policy needs to know. */}}
{{- define "vedette.port" -}}
{{- $host := regexReplaceAll "^https?://([^/]*).*$" . "${1}" -}}
{{- if contains ":" $host }}{{ splitList ":" $host | last }}{{ else if hasPrefix "http://" . }}80{{ else }}443{{ end -}}
{{- end }}

{{/* Nodes of one kind of pod: list values component-values */}}
{{- define "vedette.placement" -}}
{{- $gpu := dict -}}
{{- if and (hasKey . "gpu") .gpu.enabled }}{{ $gpu = .gpu }}{{ end -}}
{{- with merge (dict) .nodeSelector (default dict $gpu.nodeSelector) }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with concat .tolerations (default list $gpu.tolerations) }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $gpu.runtimeClassName }}
runtimeClassName: {{ . }}
{{- end }}
{{- end }}

{{/* Resources, and the GPU where there is to be one. */}}
{{- define "vedette.resources" -}}
{{- if and (hasKey . "gpu") .gpu.enabled -}}
{{ toYaml (merge (dict "limits" (dict .gpu.resource 1)) .resources) }}
{{- else -}}
{{ toYaml .resources }}
{{- end -}}
{{- end }}

{{/* The seconds of a grace such as 40s, and the twenty that stopping the service itself may take. */}}
{{- define "vedette.termination" -}}
{{ add (trimSuffix "s" . | int) 20 }}
{{- end }}
