-- What was decided about events: one row each. Times are milliseconds since the epoch.
CREATE TABLE decisions (
  inbox_id text COLLATE "C" PRIMARY KEY,
  at bigint NOT NULL,
  event_id text,
  decided json NOT NULL,
  pipelines text[] NOT NULL
);
CREATE INDEX decisions_by_sender_id ON decisions (event_id) WHERE event_id IS NOT NULL;

-- Which decisions are about a pipeline; inbox ids begin with their time.
CREATE TABLE decisions_of_pipelines (
  pipeline_id text COLLATE "C" NOT NULL,
  inbox_id text COLLATE "C" NOT NULL,
  PRIMARY KEY (pipeline_id, inbox_id)
);
