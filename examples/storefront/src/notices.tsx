/** What the shopper is told, with what can be done about it. */
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import { textOf } from '@cartwright/client';

export interface Action {
  readonly label: string;
  readonly run: () => void;
}

export interface Notice {
  readonly text: string;
  readonly actions?: readonly Action[];
}

export interface Notices {
  readonly tell: (notice: Notice) => void;
  readonly clear: () => void;
}

const Context = createContext<Notices>({ tell: () => undefined, clear: () => undefined });
export const useNotices = () => useContext(Context);

/** In words, each once. */
export function wordsOf(errors: readonly { readonly code: string }[]): string {
  return [...new Set(errors.map((error) => textOf(error)))].join(' ');
}

export function NoticeProvider({ children }: { children: ReactNode }) {
  const [notice, setNotice] = useState<Notice>();
  const clear = useCallback(() => {
    setNotice(undefined);
  }, []);
  const notices = useMemo(() => ({ tell: setNotice, clear }), [clear]);
  return (
    <Context value={notices}>
      {children}
      <div className="notices" role="status">
        {notice && (
          <div className="notice">
            <p>{notice.text}</p>
            <div className="actions">
              {notice.actions?.map(({ label, run }) => (
                <button
                  key={label}
                  className="primary"
                  onClick={() => {
                    clear();
                    run();
                  }}
                >
                  {label}
                </button>
              ))}
              <button onClick={clear}>Dismiss</button>
            </div>
          </div>
        )}
      </div>
    </Context>
  );
}
