// Shows the published contract with Swagger UI. The document names the service's public URL; this page may be open
// under another one (behind a proxy, through a tunnel), and browsers talk to the page's own origin only.
const isAdministration = new URLSearchParams(location.search).get('api') === 'administration';
const response = await fetch(isAdministration ? '/admin/openapi.json' : '/openapi.json');
const text = await response.text();
const [server] = JSON.parse(text).servers;
const spec = JSON.parse(text.replaceAll(server.url, location.origin));

// The page offers the bodies of Partner Center's clients beside the document's own examples.
for (const { requestBody } of Object.values(spec.paths).flatMap(Object.values))
  for (const media of Object.values(requestBody?.content ?? {}))
    Object.assign((media.examples ??= {}), media['x-client-examples']);

globalThis.SwaggerUIBundle({
  spec,
  dom_id: '#reference',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  filter: true,
  // Otherwise, it would contact a service on the internet.
  validatorUrl: null,
});
