-- Of effects that ended long ago some are kept without what they carried (bytes is 0 then); retention looks for either kind.
DROP INDEX effects_ends;
CREATE INDEX effects_ends ON effects ((bytes > 0), finished_at) WHERE finished_at IS NOT NULL;
