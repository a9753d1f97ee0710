-- Events as they came in. Times are milliseconds since the epoch.
CREATE TABLE events (
  inbox_id text COLLATE "C" PRIMARY KEY,
  received_at bigint NOT NULL,
  -- json and not jsonb: the text of numbers and the order of members are part of an event.
  event json NOT NULL,
  identity jsonb NOT NULL,
  private_headers jsonb,
  event_id text,
  type text NOT NULL,
  source text,
  application text,
  bytes integer NOT NULL,
  replay_of text,
  done_at bigint,
  leased_by text,
  leased_until bigint
) WITH (fillfactor = 80);

CREATE INDEX events_leases ON events (leased_until) WHERE done_at IS NULL;
CREATE INDEX events_by_type ON events (type, inbox_id DESC);
CREATE INDEX events_by_application ON events (application, inbox_id DESC) WHERE application IS NOT NULL;
CREATE INDEX events_by_source ON events (source, inbox_id DESC) WHERE source IS NOT NULL;
CREATE INDEX events_by_sender_id ON events (event_id) WHERE event_id IS NOT NULL;

-- Messages that their senders may repeat: the first one counts.
CREATE TABLE event_repeats (
  dedupe_key text COLLATE "C" PRIMARY KEY,
  inbox_id text COLLATE "C" NOT NULL,
  received_at bigint NOT NULL
);
CREATE INDEX event_repeats_ages ON event_repeats (received_at);
