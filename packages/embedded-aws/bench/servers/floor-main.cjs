const { createServer } = require('node:http');

// The cost of Node itself: parses JSON and answers JSON of the size of Kinesis's answer.

const result = {
  SequenceNumber: '49680474010255486835305871897107105541081360192537362434',
  ShardId: 'shardId-000000000000',
};

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const { Records } = JSON.parse(Buffer.concat(chunks).toString());
    const answer = JSON.stringify(
      Array.isArray(Records)
        ? { FailedRecordCount: 0, Records: Records.map(() => result) }
        : result,
    );
    response.writeHead(200, {
      'content-type': 'application/x-amz-json-1.1',
      'content-length': Buffer.byteLength(answer),
    });
    response.end(answer);
  });
});

server.listen(0, '127.0.0.1', () => {
  process.send({ type: 'listening', port: server.address().port });
});
