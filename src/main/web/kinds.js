// Which files can be shown, judged by their names; the server has the last word by its types.

const KINDS = {
  image: 'png jpg jpeg gif webp avif',
  audio: 'mp3 m4a aac ogg oga opus wav flac weba',
  video: 'mp4 m4v webm ogv mov',
  pdf: 'pdf',
  text: 'txt text md markdown log csv tsv json yaml yml toml ini conf properties diff patch',
};

const kinds = new Map(Object.entries(KINDS)
  .flatMap(([kind, endings]) => endings.split(' ').map((ending) => [ending, kind])));

/** `image`, `audio`, `video`, `pdf`, `text`, or undefined for what is only ever taken. */
export const previewKind = (name) => kinds.get(/\.([^.]+)$/.exec(name)?.[1].toLowerCase());
