package com.delula.retention.answer;

import com.delula.retention.backlog.BacklogReader;
import com.delula.retention.backlog.RecipeIds;
import com.delula.retention.jobs.JobReader;
import com.delula.retention.jobs.PurgeProperties;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the answers. */
@Configuration(proxyBeanMethods = false)
class AnswerConfiguration {

	@Bean
	BacklogAnswers backlogAnswers(BacklogReader backlog, RecipeIds recipeIds) {
		return new BacklogAnswers(backlog, recipeIds);
	}

	@Bean
	PurgeAnswers purgeAnswers(JobReader jobs, PurgeProperties properties) {
		return new PurgeAnswers(jobs, properties);
	}

}
