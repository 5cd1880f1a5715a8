/**
 * The one place that knows what each call of the API is: its operation, and so its action, the resource it asks for
 * and the condition keys of the request. Decides whether its caller may make it; carries nothing out.
 */
package io.vedette.api.access;
