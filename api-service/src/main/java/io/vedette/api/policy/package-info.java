/**
 * Access policies in IAM's JSON as pure functions: what a policy says to a question, and what several say together.
 * Nothing here knows operations, requests, keys or the database.
 */
package io.vedette.api.policy;
