/** The parts of Vedette as processes of one machine: started, watched, stopped, and found again after a crash. Nothing here knows what the services do. */
package io.vedette.standalone.stack;
