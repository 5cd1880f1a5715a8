/**
 * The lifecycle events as a stream over HTTP, for those who have no Kafka client. It passes on what the topic says and
 * knows nothing of what that means.
 */
package io.vedette.api.feed;
