package com.delula.retention.dashboard;

import org.springframework.web.bind.annotation.GetMapping;

/** Browsers look for an icon here, whatever a page says. */
@PageController
class FaviconController {

	@GetMapping("/favicon.ico")
	String icon() {
		return "redirect:/assets/icon.svg";
	}

}
