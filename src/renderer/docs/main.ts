import SwaggerUI from 'swagger-ui-dist/swagger-ui-es-bundle.js'
import 'swagger-ui-dist/swagger-ui.css'
import './docs.css'

// The package brings its dark colours, for who sets the class.
const dark = window.matchMedia('(prefers-color-scheme: dark)')
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches)
follow()
dark.addEventListener('change', follow)

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
