import { type JsonObject, type JsonValue, isJsonList } from '../../../platform/json/index.js';
import { type Occasion, objectOf } from '../../events/occasion.js';
import { stageName, word } from '../../events/phrases.js';

export type GithubStatusMessage = {
  readonly repo: string;
  /** The commit, or a merge commit whose first parent is meant. */
  readonly sha: string;
  readonly status: {
    readonly state: string | null;
    readonly target_url: string;
    readonly description: string;
    readonly context: string;
  };
};

const STATES: Readonly<Record<string, string>> = { starting: 'pending', complete: 'success', failed: 'failure' };

interface Commit {
  readonly repo?: JsonValue | undefined;
  readonly sha?: JsonValue | undefined;
}

const listIn = (value: JsonValue | undefined): readonly JsonValue[] => (isJsonList(value) ? value : []);

/** The commit that the execution is about: of its git trigger, or else of the build that triggered it. */
function commitOf({ execution }: Occasion): Commit {
  const trigger = objectOf(execution['trigger']);
  if (trigger['type'] === 'git' && trigger['source'] === 'github') {
    const { project, slug, hash } = trigger;
    return { repo: project && slug ? `${word(project)}/${word(slug)}` : undefined, sha: hash };
  }
  const build = objectOf(trigger['buildInfo']);
  const [scm] = listIn(build['scm']);
  return { repo: build['name'], sha: objectOf(scm)['sha1'] };
}

interface Subject {
  readonly title: string;
  readonly context: string;
  readonly place: string;
}

/** What the status is called; nothing for a stage that the execution does not list. */
function subjectOf(occasion: Occasion, pipeline: string): Subject | undefined {
  if (occasion.kind === 'pipeline')
    return { title: `Pipeline '${pipeline}'`, context: `pipeline/${pipeline}`, place: '' };
  const stage = stageName(occasion);
  const index = listIn(occasion.execution['stages']).findIndex((one) => objectOf(one)['name'] === stage);
  if (stage === undefined || index < 0) return undefined;
  const title = `Stage '${stage}' in pipeline '${pipeline}'`;
  return { title, context: `stage/${stage}`, place: `&stage=${index}` };
}

/** The status to set; nothing for an execution that lacks what is needed for one (notifications.md §5.8). */
export function githubStatusMessage(
  preference: JsonObject,
  occasion: Occasion,
  baseUrl: string,
): GithubStatusMessage | undefined {
  const { execution, status, application, kind } = occasion;
  const found = commitOf(occasion);
  const [repo, sha] = [preference['repo'] || found.repo, preference['commit'] || found.sha];
  const { name, id } = execution;
  if (kind === 'orchestration' || !repo || !sha || !name || !id) return undefined;
  const pipeline = word(name);
  const subject = subjectOf(occasion, pipeline);
  if (!subject) return undefined;
  const page = `${baseUrl}/#/applications/${word(application)}/executions/details/${word(id)}`;
  return {
    repo: word(repo),
    sha: word(sha),
    status: {
      state: STATES[status] ?? null,
      target_url: `${page}?pipeline=${pipeline}${subject.place}`,
      description: `${subject.title} is ${status}`,
      context: subject.context,
    },
  };
}

const MERGE = /^Merge ([0-9a-f]{5,40}) into [0-9a-f]{5,40}$/;

/** CI servers build a merge commit of their own making; the status belongs to the commit that was merged. */
export const mergedCommit = (message: string): string | undefined => MERGE.exec(message)?.[1];
