package io.vedette.runtime;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * SIGTERM as an order that is carried out, with exit code 0, instead of a death by signal.
 *
 * <p>Reflection, because the compiler refuses {@code sun.misc.Signal} at {@code --release 17}, though every JDK has it.
 */
public final class Termination {
    private Termination() {}

    /** Runs this on SIGTERM, in a thread of its own, instead of the JVM's shutdown. */
    public static void on(Runnable order) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler handling = (proxy, method, arguments) -> {
                if (method.getDeclaringClass() == Object.class) {
                    return method.invoke(order, arguments);
                }
                new Thread(order, "termination").start();
                return null;
            };
            Object proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, handling);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("TERM"), proxy);
        } catch (ReflectiveOperationException unusual) {
            throw new IllegalStateException("this JVM cannot handle SIGTERM", unusual);
        }
    }
}
