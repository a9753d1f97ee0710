-- What operators changed while Echo runs: of each key and scope the latest holds. Times are milliseconds since the epoch.
CREATE TABLE setting_changes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key text COLLATE "C" NOT NULL,
  -- Null: of all instances.
  cluster text,
  -- Null: the change before it was taken back.
  value json,
  changed_by text NOT NULL,
  changed_at bigint NOT NULL,
  why text NOT NULL
);
CREATE INDEX setting_changes_by_key ON setting_changes (key, id DESC);
