/**
 * AWS Signature Version 4 in pure functions: what a request's signature has to be, and whether it is.
 * Nothing here knows HTTP servers, stores of keys or the errors of the API.
 */
package io.vedette.api.sigv4;
