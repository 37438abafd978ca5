/** The parts of css-tree, which @types/css-tree knows as members of the whole only. */
declare module 'css-tree/generator' {
  // biome-ignore lint/style/noDefaultExport: so css-tree has it
  export { generate as default } from 'css-tree'
}
declare module 'css-tree/parser' {
  // biome-ignore lint/style/noDefaultExport: so css-tree has it
  export { parse as default } from 'css-tree'
}
declare module 'css-tree/walker' {
  // biome-ignore lint/style/noDefaultExport: so css-tree has it
  export { walk as default } from 'css-tree'
}
