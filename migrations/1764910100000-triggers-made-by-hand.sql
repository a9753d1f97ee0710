-- Few triggers are made by hand, and every page that shows what is to come asks for them.
CREATE INDEX cron_triggers_made_by_hand ON cron_triggers (key) WHERE trigger_group = 'user';
