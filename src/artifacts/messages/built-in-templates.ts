import { jinjaTemplate, type Template } from '../../platform/templates/index.js';

const COMMA = '{% if not loop.last %},{% endif %}';

const SOURCES = {
  S3: `[{% for record in Records %}{% set object = 's3://' ~ record.s3.bucket.name ~ '/' ~ record.s3.object.key %}{
  "type": "s3/object", "name": "{{ object }}", "reference": "{{ object }}", "version": "{{ record.s3.object.versionId }}",
  "provenance": "{{ record.s3.bucket.arn }}", "location": "{{ record.awsRegion }}"
}${COMMA}{% endfor %}]`,

  GCS: `{% set object = 'gs://' ~ bucket ~ '/' ~ name %}[{
  "type": "gcs/object", "name": "{{ object }}", "reference": "{{ object }}"
}]`,

  GCR: `{% set parts = digest.split('@') if digest else [] %}[{
  "type": "docker/image", "name": "{{ parts[0] }}", "version": "{{ parts[1] }}", "reference": "{{ digest }}"
}]`,

  GCB: `{% set images = results.images | default([], true) %}{% set objects = artifacts.objects %}
{% set paths = objects.paths | default([], true) %}[
{% for image in images %}{% set name = image.name.split(':')[0] %}{
  "type": "docker/image", "name": "{{ name }}", "version": "{{ image.digest }}", "reference": "{{ name }}@{{ image.digest }}"
}${COMMA}{% endfor %}{% if images | length and paths | length %},{% endif %}
{% for path in paths %}{% set object = objects.location ~ path %}{
  "type": "gcs/object", "name": "{{ object }}", "version": "{{ object }}", "reference": "{{ object }}"
}${COMMA}{% endfor %}]`,
};

export type MessageFormat = keyof typeof SOURCES;

/** The template for messages of a well-known sender. */
export function builtInTemplate(format: MessageFormat): Template {
  return jinjaTemplate(format, SOURCES[format]);
}
