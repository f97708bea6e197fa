import { FluentProvider, webDarkTheme, webLightTheme } from '@fluentui/react-components';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useSyncExternalStore, type ReactNode } from 'react';
import { Pages } from './pages/pages.tsx';
import { SessionGate } from './session/session-gate.tsx';
import { ErrorBoundary } from './shell/error-boundary.tsx';
import { Frame } from './shell/frame.tsx';
import { NavigationProvider } from './shell/navigation.tsx';
import { TextsProvider } from './texts/texts.tsx';
import { UploadProvider } from './upload/upload-provider.tsx';

// The SDK retries by itself.
const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 5_000 } } });

/** The console: theme, language, session and pages. */
export function App(): ReactNode {
  const isDark = useSyncExternalStore(followTheme, () => darkTheme.matches);
  return (
    <FluentProvider theme={isDark ? webDarkTheme : webLightTheme} style={{ minHeight: '100%' }}>
      <TextsProvider>
        <ErrorBoundary>
          <QueryClientProvider client={queries}>
            <SessionGate>
              <NavigationProvider>
                <UploadProvider>
                  <Frame>
                    <Pages />
                  </Frame>
                </UploadProvider>
              </NavigationProvider>
            </SessionGate>
          </QueryClientProvider>
        </ErrorBoundary>
      </TextsProvider>
    </FluentProvider>
  );
}

const darkTheme = matchMedia('(prefers-color-scheme: dark)');

function followTheme(onChange: () => void): () => void {
  darkTheme.addEventListener('change', onChange);
  return () => darkTheme.removeEventListener('change', onChange);
}
