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

	const place = document.getElementById('swagger-ui');
	window.SwaggerUIBundle({ url: place.dataset.document, domNode: place, validatorUrl: null, displayRequestDuration: true,
		tagsSorter: 'alpha', defaultModelsExpandDepth: -1 });
})();
