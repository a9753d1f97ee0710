/**
 * What the commands write, as they did in the sandbox: `npm start`, the first webhook of README.md, and the image tags
 * `v1.4.0` (event tag-1) and `latest` (event tag-2). A test runs them and compares.
 */
export const COMMAND_EXAMPLES = `
$ explain tag-2
event  pipeline           trigger  decision  why
tag-2  demo: Deploy shop  docker   rejected  tag: expected v\\d+\\.\\d+\\.\\d+, got latest

$ explain demo-deploy-shop
at                        pipeline           trigger  decision  why
2026-11-29T23:55:41.733Z  demo: Deploy shop  docker   rejected  tag: expected v\\d+\\.\\d+\\.\\d+, got latest
2026-11-29T23:55:41.705Z  demo: Deploy shop  docker   matched   submitted: 01M8MVRRQE61FH3S1X4PX06ZM4

$ next --count 2
at                                 application  pipeline      expression   delayed to  held back
Sun 2026-11-29 15:56:00 GMT-08:00  demo         Every minute  0 * * * * ?
Sun 2026-11-29 15:57:00 GMT-08:00  demo         Every minute  0 * * * * ?

$ cron "0 30 2 ? * *" --zone Europe/Berlin --from 2026-03-28T00:00:00Z --count 2
At 2:30 AM

Sat 2026-03-28 02:30:00 GMT+01:00
Mon 2026-03-30 02:30:00 GMT+02:00

$ cron "0 0 25 ? * *"
Invalid CRON expression: '0 0 25 ? * *' explanation: Hour values must be between 0 and 23

$ validate examples/migration/echo-shadow.yml
The configuration is good.

$ trigger-test examples/trigger-tests/demo.yml
examples/trigger-tests/demo.yml
  ✓ a version tag of the shop deploys that image
  ✓ the tag latest deploys nothing
  ✓ a webhook says hello to whom it names
  ✓ the report can be started by hand
4 passed, 0 failed

$ test-notification email team@example.com
{"value":null,"kind":"untaken","message":"No channel takes notifications of type EMAIL: nothing was sent."}

$ replay tag-2
pipeline           trigger  outcome          why
demo: Deploy shop  docker   would not start  tag: expected v\\d+\\.\\d+\\.\\d+, got latest
Nothing is done without --apply.

$ replay --from 1h
Events: 3. Nothing is done without --apply.

$ redrive --from 1h
No such effect is dead.

$ discard --kind notification --from 1h --reason "the channel is gone"
No such effect is dead.

$ shadow-report --since 24h
Both: 3. Only ours: 0. Only theirs: 0.

$ import --from http://127.0.0.1:8089
The other Echo has nothing that would have to be taken.
`;
