package com.delula.retention.admin;

/**
 * The words about addresses that only one feature has. Beans of this type are collected.
 *
 * @param file a file on the class path, written like {@code openapi.yaml}, whose
 * components it may refer to
 */
public record ApiPart(String file) {

}
