/**
 * The wire protocol (restJson1): errors, JSON, parameters, page tokens, client tokens, and who calls.
 * Nothing here knows what a project, data set or model does; only this package builds an error's answer.
 */
package io.vedette.api.aws;
