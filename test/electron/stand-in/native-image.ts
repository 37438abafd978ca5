import { existsSync, readFileSync } from 'node:fs'
import { guard } from '../guard.ts'

/** A PNG by its bytes; the size is read from its header. */
export class NativeImage {
  readonly #png: Buffer
  #template = false

  constructor(png: Buffer) {
    this.#png = png
  }

  static #of(png: Buffer) {
    return guard('NativeImage', new NativeImage(png))
  }

  static createEmpty() {
    return NativeImage.#of(Buffer.alloc(0))
  }

  /** A file that is not there gives an empty image and no error, as in Electron. */
  static createFromPath(path: string) {
    return NativeImage.#of(existsSync(path) ? readFileSync(path) : Buffer.alloc(0))
  }

  static createFromBuffer(buffer: Buffer, _options?: object) {
    return NativeImage.#of(buffer)
  }

  static createFromDataURL(url: string) {
    return NativeImage.#of(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'))
  }

  isEmpty(): boolean {
    return this.#png.length < 24
  }

  getSize(_scaleFactor?: number) {
    if (this.isEmpty()) return { width: 0, height: 0 }
    return { width: this.#png.readUInt32BE(16), height: this.#png.readUInt32BE(20) }
  }

  resize(_options: object) {
    return NativeImage.#of(this.#png)
  }

  toPNG(_options?: object): Buffer {
    return this.#png
  }

  toDataURL(_options?: object): string {
    return `data:image/png;base64,${this.#png.toString('base64')}`
  }

  setTemplateImage(option: boolean): void {
    this.#template = option
  }

  isTemplateImage(): boolean {
    return this.#template
  }
}
