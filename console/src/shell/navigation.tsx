import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
  type MouseEvent,
  type ReactNode,
} from 'react';

/** Where the reader is, and how they go elsewhere. Paths are those below `/console`, such as `/jobs/1/2`. */
interface Navigation {
  readonly path: string;
  readonly query: URLSearchParams;
  go(path: string): void;
  /** Changes what the address says of the page, such as a filter, without a new entry in the history. */
  replace(path: string): void;
}

const NavigationContext = createContext<Navigation | undefined>(undefined);

const base = '/console';

function readLocation(): string {
  const path = location.pathname.startsWith(base) ? location.pathname.slice(base.length) : '';
  return (path === '' ? '/' : path) + location.search;
}

/** Keeps the address bar and the page together. */
export function NavigationProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [current, setCurrent] = useState(readLocation);
  useEffect(() => {
    const follow = () => setCurrent(readLocation());
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  const go = useCallback((path: string) => {
    history.pushState(null, '', base + path);
    setCurrent(readLocation());
    scrollTo(0, 0);
  }, []);
  const replace = useCallback((path: string) => {
    history.replaceState(null, '', base + path);
    setCurrent(readLocation());
  }, []);
  const navigation = useMemo(() => {
    const [path = '/', query = ''] = current.split('?');
    return { path, query: new URLSearchParams(query), go, replace };
  }, [current, go, replace]);
  return <NavigationContext value={navigation}>{children}</NavigationContext>;
}

export function useNavigation(): Navigation {
  const navigation = use(NavigationContext);
  if (!navigation) throw new Error('No NavigationProvider.');
  return navigation;
}

/** What makes an anchor lead to a page of the console: it stays a real link that can be copied or opened in a tab. */
export function useLinkTo(): (path: string) => { href: string; onClick: (event: MouseEvent) => void } {
  const { go } = useNavigation();
  return useCallback(
    (path) => ({
      href: base + path,
      onClick: (event) => {
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        go(path);
      },
    }),
    [go],
  );
}
