import { minify, transform } from '@swc/core'
import { parse } from 'acorn'
import { splitExports } from './bundle.ts'

/** Lowers a bundle to ES5 as a UMD script whose global is `name`. Throws if the outcome does not parse as ES5. */
export async function toScript(
  module: string,
  name: string,
): Promise<{ readable: string; minified: string }> {
  const lowered = await transform(module, {
    jsc: {
      parser: { syntax: 'ecmascript' },
      target: 'es5',
      // The source only goes through arrays, so no helper need ask a value for its iterator; see src/sse-client/README.
      assumptions: {
        iterableIsArray: true,
        arrayLikeIsIterable: true,
        setPublicClassFields: true,
        constantReexports: true,
        noDocumentAll: true,
        ignoreToPrimitiveHint: true,
      },
    },
    module: { type: 'es6' },
  })
  const { body, exports } = splitExports(lowered.code)
  const readable = `(function (root, factory) {
  if (typeof exports === 'object' && typeof module !== 'undefined') factory(exports);
  else if (typeof define === 'function' && define.amd) define(['exports'], factory);
  else factory((root.${name} = {}));
})(typeof self !== 'undefined' ? self : this, function (exports) {
  'use strict';
  var globalThis = typeof self === 'object' ? self : typeof global === 'object' ? global : window;
${body}${exports.map(([local, exported]) => `  exports.${exported} = ${local};\n`).join('')}});
`
  const { code: minified } = await minify(readable, {
    ecma: 5,
    compress: { ecma: 5, passes: 3, unsafe_arrows: false },
    mangle: { props: undefined },
    format: { comments: false },
  })
  for (const code of [readable, minified]) parse(code, { ecmaVersion: 5 })
  return { readable, minified: `${minified.trim()}\n` }
}
