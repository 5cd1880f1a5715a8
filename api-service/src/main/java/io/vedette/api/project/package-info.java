/**
 * Projects: what data sets and models belong to, and the operations that make, describe, list and delete them.
 * Nothing here depends on the packages of data sets and models; they ask this one whether a project exists.
 */
package io.vedette.api.project;
