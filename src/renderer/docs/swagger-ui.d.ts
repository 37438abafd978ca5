declare module 'swagger-ui-dist/swagger-ui-es-bundle.js' {
  interface SwaggerUIOptions {
    dom_id: string
    url: string
    deepLinking?: boolean
    displayRequestDuration?: boolean
    docExpansion?: 'list' | 'full' | 'none'
    validatorUrl?: string | null
  }
  const SwaggerUI: (options: SwaggerUIOptions) => unknown
  // biome-ignore lint/style/noDefaultExport: the package exports it so
  export default SwaggerUI
}
