package io.strowger.ops;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.Callable;

/** Vert.x whose workers are always faster than who asks them: what they do is done before the call returns. */
public final class HastyVertx {
    private HastyVertx() {
    }

    /** The same Vert.x with such workers. */
    public static Vertx over(final Vertx vertx) {
        return hasty(Vertx.class, vertx);
    }

    /** Such threads. */
    public static WorkerExecutor over(final WorkerExecutor threads) {
        return hasty(WorkerExecutor.class, threads);
    }

    private static <T> T hasty(final Class<T> type, final T own) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            if ("executeBlocking".equals(method.getName())) {
                return now((Callable<?>)given[0]);
            }
            try {
                final Object answer = method.invoke(own, given);
                return answer instanceof Context context && Vertx.class == type ? hasty(Context.class, context) : answer;
            } catch (final InvocationTargetException fault) {
                throw fault.getCause();
            }
        }));
    }

    private static Future<?> now(final Callable<?> work) {
        try {
            return Future.succeededFuture(work.call());
        } catch (final Exception fault) {
            return Future.failedFuture(fault);
        }
    }
}
