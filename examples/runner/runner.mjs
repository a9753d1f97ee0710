/** The least that Echo needs in place of orca: takes pipelines, runs each once, and knows what became of it. */
import { createServer } from 'node:http';

const executions = new Map();

/** What a pipeline does is up to you; this one only says that it ran. */
async function run(pipeline) {
  console.log(`${pipeline.application}: ${pipeline.name} runs for ${pipeline.trigger?.type ?? 'no trigger'}`);
}

function orchestrate(pipeline) {
  const id = pipeline.executionId;
  if (!executions.has(id)) {
    const execution = { id, pipelineConfigId: pipeline.id, status: 'RUNNING', startTime: Date.now() };
    executions.set(id, execution);
    run(pipeline).then(
      () => (execution.status = 'SUCCEEDED'),
      () => (execution.status = 'TERMINAL'),
    );
  }
  return { ref: `/pipelines/${id}` };
}

function answerTo(method, path, body) {
  if (method === 'POST' && path === '/orchestrate') return orchestrate(body);
  if (method === 'POST' && path === '/plan') return body;
  if (method === 'POST' && path === '/fail') return {};
  if (method === 'GET' && path.startsWith('/pipelines/')) return executions.get(path.slice('/pipelines/'.length));
  return method === 'GET' && path === '/executions' ? [...executions.values()] : undefined;
}

createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : undefined;
  const answer = answerTo(request.method, request.url.split('?')[0], body);
  response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}));
}).listen(Number(process.env.PORT ?? 8083), '127.0.0.1', function () {
  console.log(`The runner listens at http://127.0.0.1:${this.address().port}`);
});
