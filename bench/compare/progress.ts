/** Live progress on standard error: a line that rewrites itself on a terminal, one line a step elsewhere. And Ctrl-C. */

export interface Progress {
  /**
   * @param position 0 for what comes before the plan: then neither place nor time is shown
   * @param remainingSeconds estimate for all that is left, this step included
   */
  step(title: string, position: number, total: number, remainingSeconds: number): void;
  /** Where the step is, shown behind its title; on a terminal only. */
  detail(text: string): void;
  /** A line that stays. */
  note(text: string): void;
  end(): void;
}

function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  const live = stream.isTTY;
  const clear = live ? '\r\u001b[2K' : '';
  let current = '';
  const rewrite = (text: string) => {
    stream.write(`${clear}${text.slice(0, (stream.columns || 80) - 1)}`);
  };
  return {
    step(title, position, total, remainingSeconds) {
      const place = position === 0 ? '' : `[${position}/${total}, ${clock(remainingSeconds)} left] `;
      const text = `${place}${title}`;
      if (live) rewrite(text);
      else if (text !== current) stream.write(`${text}\n`);
      current = text;
    },
    detail(text) {
      if (live) rewrite(`${current}: ${text}`);
    },
    note(text) {
      stream.write(`${clear}${text}\n`);
    },
    end() {
      if (live) stream.write(clear);
    },
  };
}

/** The first Ctrl-C aborts the signal, the second ends at once. */
export function listenForInterrupt(progress: Progress): { readonly signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const listener = () => {
    if (controller.signal.aborted) process.exit(130);
    progress.note('Stopping; the report of what there is follows. Ctrl-C again ends at once.');
    controller.abort(new Error('interrupted'));
  };
  process.on('SIGINT', listener).on('SIGTERM', listener);
  return {
    signal: controller.signal,
    stop: () => process.off('SIGINT', listener).off('SIGTERM', listener),
  };
}
