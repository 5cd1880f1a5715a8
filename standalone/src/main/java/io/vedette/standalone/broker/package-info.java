/** The embedded Kafka broker, the main class of a process of its own. Nothing of the launcher belongs here. */
package io.vedette.standalone.broker;
