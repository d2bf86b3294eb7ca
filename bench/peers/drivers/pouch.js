// `node pouch.js serve FOLDER` is a server; without words a laptop, told what to do line by line.
'use strict';
const fs = require('fs');
const path = require('path');
const readline = require('readline');
// The packages lie in the cache folder this is run from, not beside this file.
const { createRequire } = require('module');
const fromCache = createRequire(path.join(process.cwd(), 'package.json'));
const PouchDB = fromCache('pouchdb');

function serve(folder) {
  const express = fromCache('express');
  const made = PouchDB.defaults({ prefix: folder + path.sep });
  const app = express();
  app.use('/', fromCache('express-pouchdb')(made, {
    mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: path.join(folder, 'log.txt'),
  }));
  const door = app.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: door.address().port })));
}

let local; let remote; let saved = [];
const does = {
  async open({ folder, url, user }) {
    local = new PouchDB(path.join(folder, 'laptop'));
    remote = new PouchDB(`${url}/${user}`);
    await remote.info();
  },
  async begin() {},
  async save({ path: file }) {
    saved = JSON.parse(fs.readFileSync(file, 'utf8')).map(({ id, ...body }) => ({ _id: id, ...body }));
    const told = await local.bulkDocs(saved);
    told.forEach((one, at) => { saved[at]._rev = one.rev; });
  },
  async edit({ count, field }) {
    await local.bulkDocs(saved.slice(0, count).map(
      (doc, at) => ({ ...doc, [field]: `2026-12-${String(at + 1).padStart(2, '0')}` })));
  },
  async sync({ way, seconds: most }) {
    const started = process.hrtime.bigint();
    const options = { batch_size: 1000 };
    const going = way === 'push' ? local.replicate.to(remote, options)
      : way === 'pull' ? local.replicate.from(remote, options) : local.sync(remote, options);
    let late = false; let ended = true; let why = '';
    const clock = most ? setTimeout(() => { late = true; going.cancel(); }, most * 1000) : null;
    try { await going; } catch (error) { ended = false; why = String(error.message || error); }
    if (clock) clearTimeout(clock);
    return { seconds: Number(process.hrtime.bigint() - started) / 1e9, ended: ended && !late, why };
  },
  async count() { return (await local.info()).doc_count; },
};

if (process.argv[2] === 'serve') {
  serve(process.argv[3]);
} else {
  (async () => {
    for await (const line of readline.createInterface({ input: process.stdin })) {
      const { do: name, ...said } = JSON.parse(line);
      const answer = await does[name](said);
      console.log(JSON.stringify({ answer: answer === undefined ? null : answer }));
    }
    process.exit(0);
  })();
}
