-- Effects: what has to be done to the outside world. Times are milliseconds since the epoch.
CREATE TABLE effects (
  id text COLLATE "C" PRIMARY KEY,
  kind text NOT NULL,
  key text COLLATE "C" NOT NULL,
  -- json and not jsonb: the text of numbers and the order of members go out as they came.
  payload json NOT NULL,
  bytes integer NOT NULL,
  -- Kind and destination: what shares its turns.
  lane text COLLATE "C" NOT NULL,
  identity jsonb NOT NULL,
  cause jsonb NOT NULL,
  state text NOT NULL CHECK (state IN ('pending', 'done', 'suppressed', 'dead')),
  suppressed_by text,
  attempts integer NOT NULL DEFAULT 0,
  created_at bigint NOT NULL,
  not_before bigint,
  next_attempt_at bigint,
  finished_at bigint,
  last_error text,
  result json,
  discarded text,
  leased_by text,
  leased_until bigint,
  -- Its owner was lost in the middle of an attempt: nobody knows whether that reached its destination.
  interrupted boolean NOT NULL DEFAULT false,
  UNIQUE (kind, key)
) WITH (fillfactor = 80);

-- Who looks for work looks here: pending effects by lane and the end of their lease.
CREATE INDEX effects_leases ON effects (lane, leased_until) WHERE state = 'pending';
CREATE INDEX effects_by_state ON effects (state, id DESC);
CREATE INDEX effects_by_kind ON effects (kind, id DESC);
CREATE INDEX effects_by_event ON effects ((cause ->> 'inboxId')) WHERE (cause ->> 'inboxId') IS NOT NULL;
CREATE INDEX effects_ends ON effects (finished_at) WHERE finished_at IS NOT NULL;
