// Uploads a file with tus-js-client as its manual has it:
//
//   node upload.cjs FILE ENDPOINT NAME        a new upload, or the one that was begun before
//   node upload.cjs FILE --at UPLOAD-URL      goes on with an upload that somebody has begun
//
// The key is in PRIVATESHARE_KEY. UPLOADS names the file in which the library remembers what it has
// begun. Says `at URL` once it knows where, `retry WHY` whenever it tries again and `done` in the
// end; ends with 1 after an error.
'use strict'

const fs = require('node:fs')
const tus = require('tus-js-client')

const [file, endpoint, name] = process.argv.slice(2)
const isBegun = endpoint === '--at'

const upload = new tus.Upload(fs.createReadStream(file), {
  ...(isBegun ? { uploadUrl: name } : { endpoint, metadata: { path: name } }),
  headers: { Authorization: `Bearer ${process.env.PRIVATESHARE_KEY}` },
  retryDelays: [0, 100, 200, 500, ...Array(20).fill(1000)],
  urlStorage: new tus.FileUrlStorage(process.env.UPLOADS),
  onUploadUrlAvailable() {
    console.log(`at ${upload.url}`)
  },
  onShouldRetry(error) {
    const status = error.originalResponse?.getStatus() ?? 0
    console.log(`retry ${status || error.causingError?.message}`)
    return status < 400 || status > 499 || status === 409 || status === 423
  },
  onError(error) {
    console.log(`failed ${error}`)
    process.exit(1)
  },
  onSuccess() {
    console.log('done')
  },
})

async function start() {
  if (!isBegun) {
    const [previous] = await upload.findPreviousUploads()
    if (previous) upload.resumeFromPreviousUpload(previous)
  }
  upload.start()
}

start()
