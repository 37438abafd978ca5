/** Loaded into a server (`--import`, with `--expose-gc`): at SIGUSR2 it collects its garbage and prints what is left, in bytes. */
process.on('SIGUSR2', () => {
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  console.log(`heap ${heapUsed + external}`)
})
