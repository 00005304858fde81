package io.github.softlane.threads;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;

/** Executors that help, and executors that are of no help. */
enum Helpers {
  FORK_JOIN_POOL {
    @Override
    Executor start() {
      return new ForkJoinPool(3);
    }
  },
  SINGLE_THREAD {
    @Override
    Executor start() {
      return Executors.newSingleThreadExecutor();
    }
  },
  VIRTUAL_THREADS {
    @Override
    Executor start() {
      return Executors.newVirtualThreadPerTaskExecutor();
    }
  },
  /** The caller is not free until a task ends. */
  WAITS_FOR_THE_TASK {
    @Override
    Executor start() {
      return task -> {
        Thread thread = Thread.ofPlatform().start(task);
        try {
          thread.join();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      };
    }
  },
  IN_THE_CALLER {
    @Override
    Executor start() {
      return Runnable::run;
    }
  },
  REJECTS {
    @Override
    Executor start() {
      return task -> {
        throw new RejectedExecutionException("no");
      };
    }
  },
  /** Takes the first task only. */
  REJECTS_THE_SECOND {
    @Override
    Executor start() {
      Queue<Runnable> taken = new ArrayDeque<>();
      return task -> {
        if (!taken.isEmpty()) {
          throw new RejectedExecutionException("full");
        }
        taken.add(task);
        Thread.ofPlatform().start(task);
      };
    }
  },
  DROPS {
    @Override
    Executor start() {
      return task -> {};
    }
  },
  /** Runs a task when the next one comes, often long after the call that it was for. */
  LATE {
    @Override
    Executor start() {
      Queue<Runnable> waiting = new ArrayDeque<>();
      return task -> {
        waiting.add(task);
        if (waiting.size() > 7) {
          Thread.ofPlatform().start(waiting.remove());
        }
      };
    }
  };

  /** An executor of this kind, new. */
  abstract Executor start();

  /** Ends its threads. */
  static void stop(Executor executor) {
    if (executor instanceof ExecutorService service) {
      service.close();
    }
  }
}
