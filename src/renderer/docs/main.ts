import SwaggerUI from 'swagger-ui-dist/swagger-ui-es-bundle.js'
import 'swagger-ui-dist/swagger-ui.css'
import './docs.css'

/** The page to read and try the API: everything it needs comes from this server. */
SwaggerUI({
  dom_id: '#api',
  url: '/openapi.json',
  deepLinking: true,
  displayRequestDuration: true,
  docExpansion: 'list',
  // Its badge would ask an outside host.
  validatorUrl: null,
})
