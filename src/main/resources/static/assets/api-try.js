// Shows Swagger UI inside the page, in the page's theme.
(() => {
	'use strict';

	const root = document.documentElement;
	const dark = matchMedia('(prefers-color-scheme: dark)');

	function theme() {
		root.classList.toggle('dark-mode', root.dataset.theme ? root.dataset.theme === 'dark' : dark.matches);
	}

	dark.addEventListener('change', theme);
	document.addEventListener('theme', theme);
	theme();

	// Examples are sent as they stand: an option would be sent twice, or to a rule that does not have it.
	function withoutOptions(api) {
		const calls = Object.values(api.paths ?? {}).flatMap((path) => Object.values(path));
		const options = [...calls.flatMap((call) => call.parameters ?? []), ...Object.values(api.components?.parameters ?? {})];
		options.filter((option) => option.in === 'query' && !option.required && option.name !== 'dryRun')
			.forEach((option) => delete option.example);
		[...calls.map((call) => call.requestBody), ...Object.values(api.components?.requestBodies ?? {})]
			.map((body) => body?.content?.['application/json']).filter((json) => json?.schema?.properties?.dryRun)
			.forEach((json) => { json.example = {}; });
		return api;
	}

	const updateJsonSpec = (update) => (api) => update(withoutOptions(api));
	const written = { statePlugins: { spec: { wrapActions: { updateJsonSpec } } } };
	const place = document.getElementById('swagger-ui');
	window.SwaggerUIBundle({ url: place.dataset.document, domNode: place, plugins: [written], validatorUrl: null,
		displayRequestDuration: true, tagsSorter: 'alpha', defaultModelsExpandDepth: -1 });
})();
