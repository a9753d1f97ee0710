{{- define "echo.labels" -}}
app.kubernetes.io/name: echo
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "echo.selector" -}}
app.kubernetes.io/name: echo
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "echo.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{ .Values.serviceAccount.name | default .Release.Name }}
{{- else -}}
{{ .Values.serviceAccount.name | default "default" }}
{{- end -}}
{{- end }}

{{- /* Two schedulers without a shared database would start everything twice: the installation is refused. */ -}}
{{- define "echo.check" -}}
{{- if and .Values.sql.enabled (not .Values.sql.jdbcUrl) }}
{{- fail "sql.enabled needs sql.jdbcUrl, such as jdbc:postgresql://postgres:5432/echo" }}
{{- end }}
{{- if not .Values.sql.enabled }}
{{- range $role, $options := .Values.roles }}
{{- if and (ne $role "echo") $options.enabled (gt (int $options.replicas) 1) }}
{{- fail (printf "roles.%s.replicas is %d, but without sql.enabled every replica would start all cron triggers: set it to 1, or give Echo a database" $role (int $options.replicas)) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
