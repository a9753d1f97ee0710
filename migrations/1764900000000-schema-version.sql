-- Within one major version of the schema what comes later only adds, so that an Echo works with a schema that is newer
-- than its own: two releases side by side during an upgrade, and the older one again after a step back.
CREATE TABLE schema_version (
  major integer NOT NULL
);
INSERT INTO schema_version (major) VALUES (1);
