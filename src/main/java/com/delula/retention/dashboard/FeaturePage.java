package com.delula.retention.dashboard;

/**
 * A page that a feature adds to the dashboard. Beans of this type are collected; the page
 * itself is served by a {@link PageController}.
 *
 * @param path where it is, such as {@code /recipes}
 * @param title what the menu calls it
 */
public record FeaturePage(String path, String title) {

}
