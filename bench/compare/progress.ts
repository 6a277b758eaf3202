/** Live progress on standard error: a line that rewrites itself on a terminal, one line a step elsewhere. */

export interface Progress {
  /** @param remainingSeconds estimate for all that is left, this step included */
  step(title: string, position: number, total: number, remainingSeconds: number): void;
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
  return {
    step(title, position, total, remainingSeconds) {
      const text = `[${position}/${total}, ${clock(remainingSeconds)} left] ${title}`;
      if (live) stream.write(`${clear}${text.slice(0, (stream.columns || 80) - 1)}`);
      else if (text !== current) stream.write(`${text}\n`);
      current = text;
    },
    note(text) {
      stream.write(`${clear}${text}\n`);
    },
    end() {
      if (live) stream.write(clear);
    },
  };
}
